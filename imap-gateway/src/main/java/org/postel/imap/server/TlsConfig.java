package org.postel.imap.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The server's certificate; shared by all gateways. */
@ConfigMapping(prefix = "postel.tls")
public interface TlsConfig {

    /** PEM file with the certificate chain; without it neither STARTTLS nor the TLS port is offered. */
    Optional<Path> certificate();

    /** PEM file with the private key (PKCS#8). */
    Optional<Path> key();

    /** How often the files are looked at for a change. */
    @WithDefault("10s")
    Duration reloadInterval();

    /** Whether a TLS client that asks for a server name which the certificate is not for is refused (RFC 6066 §3); one that names none is served. */
    @WithDefault("false")
    boolean strictServerNames();
}
