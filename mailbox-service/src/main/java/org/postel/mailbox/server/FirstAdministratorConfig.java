package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;
import org.postel.mailbox.authority.FirstAdministrator;

/** The account that administers everything from the start, from a secret. */
@ConfigMapping(prefix = "postel.mailbox.first-administrator")
public interface FirstAdministratorConfig {

    /** The address of an account that is made at the start when it is missing, and administers everything; without it none is made. */
    Optional<String> address();

    /** A file whose first line is the password of that account when it is made; a password that is there is never changed. */
    Optional<Path> passwordFile();

    /** As the authority package takes it. */
    default Optional<FirstAdministrator> wanted() {
        if (address().isPresent() != passwordFile().isPresent()) {
            throw new IllegalArgumentException(
                    "postel.mailbox.first-administrator.address and postel.mailbox.first-administrator.password-file are set both, or none");
        }
        return address().map(address -> new FirstAdministrator(address, passwordFile().orElseThrow()));
    }
}
