//! The bytes of documents, in a folder or in an S3 bucket.
