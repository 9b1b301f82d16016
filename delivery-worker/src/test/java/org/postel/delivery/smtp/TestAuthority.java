package org.postel.delivery.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An authority of the test's own, made once by the JDK's keytool, and what it signs. */
public final class TestAuthority {

    private static final char[] PASSWORD = "secret".toCharArray();
    private static final ConcurrentMap<String, SSLContext> SERVERS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, X509Certificate[]> CHAINS = new ConcurrentHashMap<>();
    private static final Path STORE = make();

    private TestAuthority() {
    }

    private static Path make() {
        try {
            Path store = Files.createTempDirectory("authority").resolve("keys.p12");
            store.toFile().deleteOnExit();
            keytool(store, "-alias", "authority", "-dname", "CN=Test Authority", "-ext", "bc:c");
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a server whose certificate has this name; expired: that is over for a day. */
    public static SSLContext server(String name, boolean expired) {
        return SERVERS.computeIfAbsent(name + expired, absent -> {
            try {
                String alias = "server-" + absent.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "-");
                List<String> options = new ArrayList<>(List.of("-alias", alias, "-dname", "CN=" + name, "-signer", "authority",
                        "-signerkeypass", new String(PASSWORD), "-ext", "san=dns:" + name));
                if (expired) {
                    options.addAll(List.of("-startdate", "-2d", "-validity", "1"));
                }
                synchronized (TestAuthority.class) {
                    keytool(STORE, options.toArray(String[]::new));
                }
                KeyStore all = load();
                KeyStore one = KeyStore.getInstance("PKCS12");
                one.load(null, null);
                one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
                CHAINS.put(absent, Arrays.copyOf(all.getCertificateChain(alias), 2, X509Certificate[].class));
                KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
                keys.init(one, PASSWORD);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The authority as the file that an operator names. */
    public static Path pem() {
        try {
            Certificate certificate = load().getCertificate("authority");
            Path pem = STORE.resolveSibling("authority.pem");
            Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n");
            return pem;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those whose word counts: this one only. */
    public static Authorities authorities() {
        try {
            return Authorities.of(pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What DNS would say of the server's certificate, or of the authority's. */
    public static Tlsa tlsa(String name, boolean expired, int usage, int selector, int matching) {
        server(name, expired);
        X509Certificate certificate = CHAINS.get(name + expired)[usage == Tlsa.TRUST_ANCHOR ? 1 : 0];
        try {
            byte[] octets = selector == 0 ? certificate.getEncoded() : certificate.getPublicKey().getEncoded();
            byte[] data = matching == 0 ? octets : MessageDigest.getInstance(matching == 1 ? "SHA-256" : "SHA-512").digest(octets);
            return new Tlsa(usage, selector, matching, HexFormat.of().formatHex(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A script that offers TLS under the certificate, and goes on under it. */
    public static ScriptedServer.Script underTls(SSLContext server, ScriptedServer.Script script) {
        return line -> {
            line.welcome("STARTTLS");
            if (!line.answer("220 go on\r\n").equals("STARTTLS")) {
                return;
            }
            SSLSocket tls = (SSLSocket) server.getSocketFactory().createSocket(line.socket(), null, true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            script.play(line.over(tls));
        };
    }

    private static KeyStore load() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(STORE)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return store;
        }
    }

    private static void keytool(Path store, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto", "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-storetype",
                "PKCS12", "-keystore", store.toString(), "-storepass", new String(PASSWORD)));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool: " + said);
        }
    }
}
