package org.postel.mailbox.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.mailbox.api.StsPoliciesClient;
import org.postel.mailbox.api.v1.KeepPolicyRequest;
import org.postel.mailbox.api.v1.KeptPolicyRequest;
import org.postel.mailbox.api.v1.KeptPolicyResponse;
import org.postel.mailbox.api.v1.StsPolicy;
import org.postel.mailbox.identity.Caller;

/** Policies of other domains are kept for delivery-workers, and nobody else says what they are. */
class StsPoliciesServiceTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final StsPolicy POLICY = StsPolicy.newBuilder().setDomain("example.org").setId("1").setText("version: STSv1\n")
            .setFetchedAt(1_772_366_400_000L).setEndsAt(1_772_366_400_000L + Duration.ofDays(7).toMillis()).build();

    @TempDir
    Path folder;

    private RpcFixture service;

    @BeforeEach
    void start() throws Exception {
        service = new RpcFixture(folder, Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void whatOneWorkerFetchedAnotherKnows() throws Exception {
        assertTrue(keep(worker(), POLICY));
        assertEquals(POLICY, kept(worker(), "example.org").getPolicy());
        assertFalse(kept(worker(), "other.example.org").hasPolicy());
        keep(worker(), POLICY.toBuilder().setDomain("second.example.org").build());
        assertFalse(keep(worker(), POLICY.toBuilder().setDomain("third.example.org").build()), "there is no room for it");
    }

    @Test
    void nobodyElseSaysOrAsksWhatOthersStandTo() throws Exception {
        for (Caller caller : List.of(Caller.SMTP_GATEWAY, Caller.IMAP_GATEWAY, Caller.POP3_GATEWAY)) {
            StsPoliciesClient client = service.client(caller).policies();
            refused(Reason.PERMISSION_DENIED, () -> keep(client, POLICY));
            refused(Reason.PERMISSION_DENIED, () -> kept(client, "example.org"));
        }
    }

    @Test
    void whatIsNoPolicyIsRefused() throws Exception {
        StsPoliciesClient worker = worker();
        refused(Reason.INVALID_ARGUMENT, () -> keep(worker, POLICY.toBuilder().setDomain("no domain").build()));
        refused(Reason.INVALID_ARGUMENT, () -> keep(worker, POLICY.toBuilder().setText("x".repeat(64 * 1024 + 1)).build()));
        refused(Reason.INVALID_ARGUMENT, () -> keep(worker, POLICY.toBuilder().setEndsAt(Long.MAX_VALUE / 1000).build()));
    }

    private StsPoliciesClient worker() throws Exception {
        return service.client(Caller.DELIVERY_WORKER).policies();
    }

    private static boolean keep(StsPoliciesClient client, StsPolicy policy) {
        return client.keep(KeepPolicyRequest.newBuilder().setPolicy(policy).build(), SOON).getKept();
    }

    private static KeptPolicyResponse kept(StsPoliciesClient client, String domain) {
        return client.kept(KeptPolicyRequest.newBuilder().setDomain(domain).build(), SOON);
    }

    private static void refused(Reason reason, Runnable call) {
        assertEquals(reason, assertThrows(MailboxServiceException.class, call::run).reason());
    }
}
