package org.postel.launcher.platform;

import java.nio.file.Path;

/**
 * Where the local run keeps what it has: {@code .postel/} in the repository.
 *
 * @param path the folder
 */
public record DataFolder(Path path) {

    /** Makes the path absolute. */
    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** Signing key, JWK set and tokens. */
    public Path keys() {
        return path.resolve("keys");
    }

    /** The token of a service, or "admin". */
    public Path token(String name) {
        return keys().resolve(name + ".token");
    }

    /** cert.pem and key.pem. */
    public Path tls() {
        return path.resolve("tls");
    }

    /** A process' output. */
    public Path log(String process) {
        return path.resolve("logs").resolve(process + ".log");
    }

    /** All logs. */
    public Path logs() {
        return path.resolve("logs");
    }

    /** Kafka's settings and data. */
    public Path kafka() {
        return path.resolve("kafka");
    }

    /** Cassandra's settings and data. */
    public Path cassandra() {
        return path.resolve("cassandra");
    }

    /** What only matters while it runs. */
    public Path run() {
        return path.resolve("run");
    }

    /** The passwords of the accounts made at first start, for their owner. */
    public Path accounts() {
        return path.resolve("accounts.txt");
    }

    /** What the operator wants to be different, for all services. */
    public Path operatorSettings() {
        return path.resolve("postel.properties");
    }
}
