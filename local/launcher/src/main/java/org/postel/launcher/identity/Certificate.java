package org.postel.launcher.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-signed TLS certificate for localhost and the local host name, as the two PEM files (RFC 7468) the gateways read.
 * Made by the JDK's keytool, because the JDK has no public interface that signs one.
 */
public final class Certificate {

    private static final String ALIAS = "postel";
    private static final String VALID_DAYS = "3650";

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
        Path store = folder.resolve("making.p12");
        Files.deleteIfExists(store);
        String password = RandomPassword.next();
        keytool(store, password, hostname);
        try (var in = Files.newInputStream(store)) {
            KeyStore made = KeyStore.getInstance("PKCS12");
            made.load(in, password.toCharArray());
            PrivateFile.write(folder.resolve("cert.pem"), pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded()));
            PrivateFile.write(key, pem("PRIVATE KEY", made.getKey(ALIAS, password.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("keytool's key store cannot be read", unreadable);
        }
        Files.delete(store);
    }

    private static void keytool(Path store, String password, String hostname) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA",
                "-validity", VALID_DAYS, "-dname", "CN=" + hostname, "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass:env", "POSTEL_STORE_PASSWORD",
                "-ext", "san=dns:" + hostname + ",dns:localhost,ip:127.0.0.1")
                .redirectErrorStream(true);
        builder.environment().put("POSTEL_STORE_PASSWORD", password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("keytool could not make a certificate: " + output.strip());
        }
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
