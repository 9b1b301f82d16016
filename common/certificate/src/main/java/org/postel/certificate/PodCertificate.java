package org.postel.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The command of the init container in k8s/overlays/dev: leaves a certificate in a volume of the pod, as the files of a Secret of type
 * kubernetes.io/tls. That is the Secret's where there was one when the pod began, else a self-signed one for the host name.
 */
public final class PodCertificate {

    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";
    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PodCertificate() {
    }

    /**
     * Runs in the init container.
     *
     * @param arguments the folder of the Secret, which is empty where there is none, then the folder to write to
     * @throws IOException when the Secret is no certificate with its key, or none can be made
     */
    public static void main(String[] arguments) throws IOException {
        leave(Path.of(arguments[0]), Path.of(arguments[1]), System.getenv("POSTEL_HOSTNAME"));
    }

    /** Takes the place of what is there: the pod begins anew. */
    static void leave(Path given, Path folder, String hostname) throws IOException {
        SelfSigned pair = Files.exists(given.resolve(CERTIFICATE))
                ? new SelfSigned(Files.readString(given.resolve(CERTIFICATE)), Files.readString(given.resolve(KEY)))
                : SelfSigned.forHost(hostname, folder);
        write(folder.resolve(KEY), pair.key());
        write(folder.resolve(CERTIFICATE), pair.certificate());
    }

    private static void write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(Files.createFile(file, OWNER_ONLY), content);
    }
}
