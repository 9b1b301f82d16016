package org.postel.launcher.platform;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

import org.postel.engines.Probe;

/**
 * Asks a service at {@code /q/health/ready}.
 *
 * @param port its health port
 */
public record HealthProbe(int port) implements Probe {

    private static final int TIMEOUT_MILLIS = 1_000;

    @Override
    public boolean isReady() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI
                .create("http://127.0.0.1:" + port + "/q/health/ready").toURL().openConnection();
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
