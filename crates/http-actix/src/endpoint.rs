//! An address with the methods that it takes, as a value: registered with Actix Web, and compared
//! with the OpenAPI document by a test.

use actix_web::guard;
use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Resource, Route};

/// An address with the methods that it takes.
pub struct Endpoint {
    /// The pattern of the address.
    pub path: &'static str,
    routes: Vec<(Method, Route)>,
}

impl Endpoint {
    /// An address with a route for each method.
    pub fn at<const N: usize>(path: &'static str, routes: [(Method, Route); N]) -> Self {
        Self { path, routes: Vec::from(routes) }
    }

    /// The methods, without the `HEAD` that comes with each `GET`.
    #[cfg(test)]
    pub fn methods(&self) -> impl Iterator<Item = &Method> {
        self.routes.iter().map(|(method, _)| method)
    }

    /// Registers the address. Where `GET` is taken `HEAD` is, too; other methods get 405.
    pub fn register(self, config: &mut ServiceConfig) {
        let allowed: Vec<&str> = self.routes.iter().flat_map(|(method, _)| allowed_by(method)).collect();
        let allowed = allowed.join(", ");
        let routes = self.routes.into_iter().map(|(method, route)| guarded(method, route));
        let resource = routes.fold(web::resource(self.path), Resource::route);
        config.service(resource.default_service(web::to(move || {
            let answer = HttpResponse::MethodNotAllowed().insert_header((ALLOW, allowed.clone())).finish();
            async move { answer }
        })));
    }
}

fn allowed_by(method: &Method) -> Vec<&str> {
    if method == Method::GET { vec!["GET", "HEAD"] } else { vec![method.as_str()] }
}

fn guarded(method: Method, route: Route) -> Route {
    if method == Method::GET {
        route.guard(guard::Any(guard::Get()).or(guard::Head()))
    } else {
        route.method(method)
    }
}
