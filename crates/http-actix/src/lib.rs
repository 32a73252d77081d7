//! Fieldmark over HTTP.
