package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.engines.SourceTree;
import org.yaml.snakeyaml.Yaml;

/** The command of the init container in k8s/overlays/dev, in the images that local/images/build made. Run by {@code ./postel test images}. */
@Tag("images")
class CertificateImagesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"smtp-gateway", "imap-gateway", "pop3-gateway"})
    void aGatewayMakesItsCertificate(String gateway) throws IOException, CertificateException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String image = "postel/" + gateway + ":dev";
        Map<String, Object> container = initContainer();
        Container.once(image, memory(container), List.of("--tmpfs", "/etc/postel/given", "--volume", folder + ":/etc/postel/tls",
                "--env", "POSTEL_HOSTNAME=mail.example.test"), words(container.get("command")));
        String pem = Container.once(image, "64m", List.of("--volume", folder + ":/etc/postel/tls:ro"), List.of("cat", "/etc/postel/tls/tls.crt"));
        X509Certificate made = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        assertTrue(made.getSubjectAlternativeNames().toString().contains("mail.example.test"), pem);
    }

    /** As the patch of the overlay has it. */
    private static Map<String, Object> initContainer() throws IOException {
        Yaml yaml = new Yaml();
        Map<String, Object> overlay = yaml.load(Files.readString(SourceTree.find().root().resolve("k8s/overlays/dev/kustomization.yaml")));
        String patch = maps(overlay.get("patches")).stream().map(each -> (String) each.get("patch")).filter(text -> text.contains("initContainers:"))
                .findFirst().orElseThrow();
        Map<String, Object> deployment = yaml.load(patch);
        return maps(map(map(map(deployment.get("spec")).get("template")).get("spec")).get("initContainers")).getFirst();
    }

    /** Docker's word for the limit of memory. */
    private static String memory(Map<String, Object> container) {
        return map(map(container.get("resources")).get("limits")).get("memory").toString().replace("Mi", "m");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object node) {
        return (List<Map<String, Object>>) node;
    }

    @SuppressWarnings("unchecked")
    private static List<String> words(Object node) {
        return (List<String>) node;
    }
}
