package org.postel.mailbox.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.v1.Resolution;

class ResolutionsTest {

    @TempDir
    Path folder;

    private FakePod pod;
    private MailboxServiceClient client;
    private Resolutions resolutions;

    @BeforeEach
    void start() throws IOException {
        pod = new FakePod();
        Path token = Files.writeString(folder.resolve("service.token"), "token");
        client = new MailboxServiceClient(MailboxClientSettings.of(List.of(pod.address()), token));
        resolutions = new Resolutions(client.directory(), false);
    }

    @AfterEach
    void stop() {
        client.close();
        pod.close();
    }

    @Test
    void anAccountIsAskedForOnce() {
        assertEquals(List.of("a@example.test", "b@example.test"), accounts("a@example.test", "b@example.test"));
        assertEquals(List.of("b@example.test", "c@example.test", "a@example.test", "b@example.test"),
                accounts("b@example.test", "c@example.test", "a@example.test", "b@example.test"));
        assertEquals(List.of("c@example.test"), accounts("c@example.test"));
        assertEquals(2, pod.calls.size());
    }

    @Test
    void aNoIsAskedAgain() {
        for (int i = 0; i < 2; i++) {
            assertEquals(Resolution.ToCase.UNKNOWN_USER, resolutions.of(List.of("nobody@example.test")).getFirst().getToCase());
        }
        assertEquals(2, pod.calls.size());
    }

    @Test
    void whatIsForgottenIsAskedAgain() {
        accounts("a@example.test", "b@example.test");
        resolutions.forget(List.of("a@example.test"));
        accounts("b@example.test");
        assertEquals(1, pod.calls.size());
        accounts("a@example.test");
        assertEquals(2, pod.calls.size());
    }

    private List<String> accounts(String... addresses) {
        return resolutions.of(List.of(addresses)).stream().map(resolution -> resolution.getAccount().getAddress()).toList();
    }
}
