package org.postel.launcher.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.postel.certificate.SelfSigned;

/** The self-signed TLS certificate of this machine, as the two PEM files that the gateways read. */
public final class Certificate {

    private Certificate() {
    }

    /**
     * Makes {@code cert.pem} and {@code key.pem} when they are missing.
     *
     * @param folder where they go
     * @param hostname the name the gateways greet with
     * @throws IOException when keytool or the disk refuses
     */
    public static void makeIn(Path folder, String hostname) throws IOException {
        Path key = folder.resolve("key.pem");
        if (Files.exists(key)) {
            return;
        }
        Files.createDirectories(folder);
        SelfSigned made = SelfSigned.forHost(hostname, folder);
        PrivateFile.write(folder.resolve("cert.pem"), made.certificate());
        PrivateFile.write(key, made.key());
    }
}
