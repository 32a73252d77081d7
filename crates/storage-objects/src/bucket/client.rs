//! Builds object_store's client from options and environment.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey, AwsCredential};
use object_store::{ClientConfigKey, RetryConfig, StaticCredentialProvider};
use url::Url;

use super::refusal::RefusalConnector;
use crate::open_error::OpenError;
use crate::options::{S3Options, Secret};

const ALLOW_HTTP: AmazonS3ConfigKey = AmazonS3ConfigKey::Client(ClientConfigKey::AllowHttp);
const CONNECT_TIMEOUT: AmazonS3ConfigKey = AmazonS3ConfigKey::Client(ClientConfigKey::ConnectTimeout);
const TIMEOUT: AmazonS3ConfigKey = AmazonS3ConfigKey::Client(ClientConfigKey::Timeout);

/// The client of a bucket; missing options are taken from the environment.
///
/// # Errors
/// [`OpenError::Settings`].
pub fn build(bucket: &str, options: &S3Options) -> Result<AmazonS3, OpenError> {
    let builder = settled(AmazonS3Builder::from_env(), bucket, options)?;
    endpoint_is_allowed(&builder)?;
    builder.build().map_err(|error| wrong(error.to_string()))
}

/// Applies the options to a builder with the values of the environment.
fn settled(base: AmazonS3Builder, bucket: &str, options: &S3Options) -> Result<AmazonS3Builder, OpenError> {
    let limits = &options.limits;
    let mut builder = base
        .with_bucket_name(bucket)
        .with_http_connector(RefusalConnector)
        .with_retry(RetryConfig { max_retries: 0, ..RetryConfig::default() })
        // One request per object, which every server supports; some do not support the bulk
        // request.
        .with_disable_bulk_delete(true)
        .with_config(CONNECT_TIMEOUT, written(limits.connect_timeout))
        .with_config(TIMEOUT, written(limits.attempt_timeout));
    if let Some(endpoint) = &options.endpoint {
        // The stronger of two keys: `AWS_ENDPOINT_URL_S3` would otherwise take precedence.
        builder = builder.with_config(AmazonS3ConfigKey::S3Endpoint, endpoint);
    }
    if let Some(region) = &options.region {
        builder = builder.with_region(region);
    }
    if let Some(allow_http) = options.allow_http {
        builder = builder.with_config(ALLOW_HTTP, allow_http.to_string());
    }
    if let Some(path_style) = options.path_style {
        builder = builder.with_virtual_hosted_style_request(!path_style);
    }
    with_key(builder, options)
}

/// A key from the options is never combined with parts of another key from the environment.
fn with_key(builder: AmazonS3Builder, options: &S3Options) -> Result<AmazonS3Builder, OpenError> {
    let revealed = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.reveal().to_owned());
    match (revealed(&options.access_key_id), revealed(&options.secret_access_key)) {
        (None, None) => Ok(builder),
        (Some(key_id), Some(secret_key)) => {
            let token = revealed(&options.session_token);
            let credential = AwsCredential { key_id, secret_key, token };
            Ok(builder.with_credentials(Arc::new(StaticCredentialProvider::new(credential))))
        }
        (Some(_), None) => Err(wrong("access_key_id is set without secret_access_key")),
        (None, Some(_)) => Err(wrong("secret_access_key is set without access_key_id")),
    }
}

fn endpoint_is_allowed(builder: &AmazonS3Builder) -> Result<(), OpenError> {
    let endpoint = builder
        .get_config_value(&AmazonS3ConfigKey::S3Endpoint)
        .or_else(|| builder.get_config_value(&AmazonS3ConfigKey::Endpoint));
    let Some(endpoint) = endpoint else { return Ok(()) };
    let endpoint =
        Url::parse(&endpoint).map_err(|error| wrong(format!("the endpoint is not a URL: {error}")))?;
    if !endpoint.username().is_empty() || endpoint.password().is_some() {
        return Err(wrong("remove the keys from the endpoint: they have their own settings"));
    }
    let allows_http = builder.get_config_value(&ALLOW_HTTP).is_some_and(|value| value == "true");
    match endpoint.scheme() {
        "https" => Ok(()),
        "http" if allows_http => Ok(()),
        "http" => Err(wrong(format!("{endpoint} has no TLS: use `https:`, or set allow_http"))),
        other => Err(wrong(format!("the endpoint must start with `https:`, not with `{other}:`"))),
    }
}

fn written(duration: Duration) -> String {
    format!("{}ms", duration.as_millis())
}

fn wrong(reason: impl Into<String>) -> OpenError {
    OpenError::Settings { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_environment() -> AmazonS3Builder {
        AmazonS3Builder::new()
            .with_region("eu-north-1")
            .with_config(AmazonS3ConfigKey::S3Endpoint, "https://one.example")
            .with_access_key_id("a")
            .with_secret_access_key("b")
    }

    fn value(builder: &AmazonS3Builder, key: AmazonS3ConfigKey) -> String {
        builder.get_config_value(&key).unwrap_or_default()
    }

    fn complaint(outcome: Result<impl Sized, OpenError>) -> String {
        let error = outcome.err().expect("refused");
        assert_eq!(error.code(), "storage_settings_invalid");
        error.to_string()
    }

    #[test]
    fn the_environment_stays_where_options_say_nothing() {
        let builder = settled(from_environment(), "documents", &S3Options::default()).unwrap();
        assert_eq!(value(&builder, AmazonS3ConfigKey::Region), "eu-north-1");
        assert_eq!(value(&builder, AmazonS3ConfigKey::S3Endpoint), "https://one.example");
        assert_eq!(value(&builder, AmazonS3ConfigKey::Bucket), "documents");
        endpoint_is_allowed(&builder).unwrap();
        builder.build().unwrap();
    }

    #[test]
    fn options_win_over_the_environment() {
        let options = S3Options {
            region: Some("eu-west-1".to_owned()),
            endpoint: Some("http://two.example".to_owned()),
            allow_http: Some(true),
            path_style: Some(false),
            ..S3Options::default()
        };
        let builder = settled(from_environment(), "documents", &options).unwrap();
        assert_eq!(value(&builder, AmazonS3ConfigKey::Region), "eu-west-1");
        assert_eq!(value(&builder, AmazonS3ConfigKey::S3Endpoint), "http://two.example");
        assert_eq!(value(&builder, AmazonS3ConfigKey::VirtualHostedStyleRequest), "true");
        endpoint_is_allowed(&builder).unwrap();
    }

    #[test]
    fn half_a_key_is_refused() {
        let name = S3Options { access_key_id: Some("the-name".into()), ..S3Options::default() };
        let complained = complaint(settled(from_environment(), "documents", &name));
        assert!(complained.contains("secret_access_key") && !complained.contains("the-name"), "{complained}");
        let key = S3Options { secret_access_key: Some("the-key".into()), ..S3Options::default() };
        let complained = complaint(settled(from_environment(), "documents", &key));
        assert!(complained.contains("access_key_id") && !complained.contains("the-key"), "{complained}");
    }

    #[test]
    fn an_endpoint_that_cannot_be_meant_is_refused() {
        let endpoints =
            ["http://s3.example", "s3.example:9000", "ftp://s3.example", "https://name:the-key@s3.example"];
        for endpoint in endpoints {
            let options = S3Options { endpoint: Some(endpoint.to_owned()), ..S3Options::default() };
            let complained = complaint(build("documents", &options));
            assert!(!complained.contains("the-key"), "{complained}");
        }
    }
}
