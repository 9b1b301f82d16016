package org.postel.mailbox.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Signs profiles, so that a device shows whose they are: SignedData with the content within (RFC 5652 §5), made with the certificate that
 * mail programs meet at the servers. The files are read each time, so a renewed certificate is used at once.
 */
public final class ProfileSignature {

    private final Optional<Pem> files;

    private record Pem(Path certificate, Path key) {}

    private ProfileSignature(Optional<Pem> files) {
        this.files = files;
    }

    /** Profiles go out as they are, and devices call them unsigned. */
    public static ProfileSignature none() {
        return new ProfileSignature(Optional.empty());
    }

    /**
     * With a certificate.
     *
     * @param certificate PEM, its issuers behind it
     * @param key         its private key, PEM
     */
    public static ProfileSignature with(Path certificate, Path key) {
        return new ProfileSignature(Optional.of(new Pem(certificate, key)));
    }

    /** @throws IOException when the files cannot be read, or do not fit each other */
    public byte[] sign(byte[] profile) throws IOException {
        return files.isPresent() ? signed(profile, files.get()) : profile;
    }

    private static byte[] signed(byte[] profile, Pem files) throws IOException {
        try {
            List<X509Certificate> chain = chain(files.certificate);
            PrivateKey key = key(files.key);
            String algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                    .build(new JcaContentSignerBuilder(algorithm).build(key), chain.getFirst()));
            generator.addCertificates(new JcaCertStore(chain));
            return generator.generate(new CMSProcessableByteArray(profile), true).getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | CMSException e) {
            throw new IOException("a profile cannot be signed: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> chain(Path file) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        try (var octets = Files.newInputStream(file)) {
            CertificateFactory.getInstance("X.509").generateCertificates(octets).forEach(each -> chain.add((X509Certificate) each));
        }
        if (chain.isEmpty()) {
            throw new IOException("no certificate in " + file);
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws IOException {
        try (PEMParser pem = new PEMParser(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
            for (Object found = pem.readObject(); found != null; found = pem.readObject()) {
                if (found instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (found instanceof PrivateKeyInfo info) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
            }
        }
        throw new IOException("no private key in " + file);
    }
}
