package org.postel.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A self-signed TLS certificate and its key as PEM (RFC 7468), the key in PKCS#8. Made by keytool, which every run-time of Java has,
 * because the JDK has no public interface that signs one.
 *
 * @param certificate for ten years
 * @param key of the curve P-256
 */
public record SelfSigned(String certificate, String key) {

    private static final String ALIAS = "postel";
    private static final String VALID_DAYS = "3650";
    private static final int PASSWORD_OCTETS = 16;
    /** The second JVM of a small container: it lives for half a second. */
    private static final List<String> SMALL = List.of("-J-Xmx32m", "-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1");

    /**
     * Makes one for a host, and for localhost.
     *
     * @param folder where the key store is while it is made
     * @throws IOException when keytool or the disk refuses
     */
    public static SelfSigned forHost(String hostname, Path folder) throws IOException {
        Path store = folder.resolve("making.p12");
        Files.deleteIfExists(store);
        byte[] secret = new byte[PASSWORD_OCTETS];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        try {
            keytool(store, password, hostname);
            return read(store, password.toCharArray());
        } finally {
            Files.deleteIfExists(store);
        }
    }

    private static SelfSigned read(Path store, char[] password) throws IOException {
        try (var in = Files.newInputStream(store)) {
            KeyStore made = KeyStore.getInstance("PKCS12");
            made.load(in, password);
            return new SelfSigned(pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded()),
                    pem("PRIVATE KEY", made.getKey(ALIAS, password).getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("keytool's key store cannot be read", unreadable);
        }
    }

    private static void keytool(Path store, String password, String hostname) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA",
                "-validity", VALID_DAYS, "-dname", "CN=" + hostname, "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass:env", "POSTEL_STORE_PASSWORD",
                "-ext", "san=dns:" + hostname + ",dns:localhost,ip:127.0.0.1")
                .redirectErrorStream(true);
        builder.command().addAll(SMALL);
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

    @Override
    public String toString() {
        return "SelfSigned[a key that is not shown]";
    }
}
