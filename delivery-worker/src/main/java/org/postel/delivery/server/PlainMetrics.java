package org.postel.delivery.server;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Who asks for metrics and does not say in which form gets the plain text of Prometheus. KEDA's metrics-api scaler asks so, reads that form
 * only, and would read nothing where an exemplar stands behind a bucket: those are of OpenMetrics, which Quarkus answers otherwise.
 */
@Singleton
class PlainMetrics {

    private static final String PLAIN = "text/plain";

    void route(@Observes ManagementInterface management) {
        on(management.router());
    }

    static void on(Router router) {
        router.get("/metrics").order(Integer.MIN_VALUE).handler(request -> {
            if (!request.request().headers().contains(HttpHeaders.ACCEPT)) {
                request.request().headers().set(HttpHeaders.ACCEPT, PLAIN);
            }
            request.next();
        });
    }
}
