package org.postel.delivery.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.relay.MailExchangers;
import org.postel.delivery.relay.StsPolicy;
import org.postel.delivery.relay.StsPolicy.Mode;
import org.postel.delivery.smtp.Authorities;
import org.postel.delivery.smtp.TestAuthority;
import org.postel.delivery.smtp.Tlsa;

/** Against a policy host on loopback: RFC 8461 §3.3, §5.1; SAFETY row 6. */
@Timeout(60)
class RememberedPoliciesTest {

    private final PoliciesInMemory kept = new PoliciesInMemory();
    private PolicyHost host;
    private PolicyHosts hosts;
    private RememberedPolicies policies;
    private volatile MailExchangers.Answer<String> record = new MailExchangers.Answer.Records<>(List.of("v=STSv1; id=1;"), false);
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @BeforeEach
    void start() throws Exception {
        use("mta-sts.example.org", TestAuthority.authorities());
    }

    private void use(String certificate, Authorities authorities) throws Exception {
        host = new PolicyHost(certificate);
        host.text = text("enforce", 86_400);
        hosts = new PolicyHosts(authorities, Optional.of(host.proxy()), Duration.ofSeconds(20));
        policies = worker();
    }

    /** One that was just started. */
    private RememberedPolicies worker() {
        return new RememberedPolicies(new Texts(), hosts, kept, new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        hosts.close();
        host.close();
    }

    @Test
    void aPolicyIsFetchedOnceAndRemembered() throws Exception {
        assertEquals(new StsPolicy(Mode.ENFORCE, List.of("mx.example.org"), Duration.ofDays(1)), policies.of("example.org"));
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
        assertEquals(1, host.asked());
    }

    @Test
    void aDomainWithoutRecordIsNotAsked() throws Exception {
        record = new MailExchangers.Answer.NoName<>();
        assertEquals(StsPolicy.NONE, policies.of("example.org"));
        assertEquals(0, host.asked());
    }

    @Test
    void anotherIdIsAnotherPolicy() throws Exception {
        policies.of("example.org");
        host.text = text("testing", 86_400);
        record = new MailExchangers.Answer.Records<>(List.of("v=STSv1; id=2;"), false);
        assertEquals(Mode.TESTING, policies.of("example.org").mode());
    }

    /** SAFETY row 6: who keeps the record or the host from us does not end a policy. */
    @Test
    void aPolicyCountsToItsEndWhateverHappensToItsDomain() throws Exception {
        policies.of("example.org");
        record = new MailExchangers.Answer.Unknown<>("no answer");
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
        record = new MailExchangers.Answer.Records<>(List.of("v=STSv1; id=2;"), false);
        host.status = 500;
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
        now = now.plus(Duration.ofDays(1));
        assertEquals(Mode.NONE, policies.of("example.org").mode());
    }

    @Test
    void aPolicyIsFetchedAgainBeforeItEnds() throws Exception {
        policies.of("example.org");
        now = now.plus(Duration.ofHours(13));
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
        await(() -> host.asked() == 2);
        now = now.plus(Duration.ofHours(13));
        await(() -> mode() == Mode.ENFORCE);
    }

    @Test
    void afterAFailureFiveMinutesPass() throws Exception {
        host.status = 404;
        assertEquals(Mode.NONE, policies.of("example.org").mode());
        assertEquals(Mode.NONE, policies.of("example.org").mode());
        assertEquals(1, host.asked());
        host.status = 200;
        now = now.plus(Duration.ofMinutes(5));
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 204, 403, 500})
    void noOtherAnswerIsAPolicyAndNoRedirectionIsFollowed(int status) throws Exception {
        host.status = status;
        host.text = status == 204 ? "" : host.text;
        assertEquals(StsPolicy.NONE, policies.of("example.org"));
        assertEquals(1, host.asked());
    }

    @Test
    void onlyAPlainTextIsAPolicy() throws Exception {
        host.type = "text/html";
        assertEquals(StsPolicy.NONE, policies.of("example.org"));
    }

    @Test
    void aPolicyHasALimit() throws Exception {
        host.text += "x: y\n".repeat(20_000);
        assertEquals(StsPolicy.NONE, policies.of("example.org"));
    }

    @Test
    void aHostOfAnotherNameIsNotBelieved() throws Exception {
        stop();
        use("example.org", TestAuthority.authorities());
        assertEquals(StsPolicy.NONE, policies.of("example.org"));
        assertEquals(0, host.asked());
    }

    @Test
    void aHostThatNobodyVouchesForIsNotBelieved() throws Exception {
        stop();
        use("mta-sts.example.org", Authorities.ofJava());
        assertEquals(StsPolicy.NONE, policies.of("example.org"));
    }

    /** RFC 8461 §10.2: who keeps the record and the host from a worker that was just started gets no mail in clear. */
    @Test
    void aWorkerThatWasJustStartedKnowsWhatAnotherFetched() throws Exception {
        policies.of("example.org");
        RememberedPolicies started = worker();
        record = new MailExchangers.Answer.NoName<>();
        host.status = 500;
        assertEquals(new StsPolicy(Mode.ENFORCE, List.of("mx.example.org"), Duration.ofDays(1)), started.of("example.org"));
        now = now.plus(Duration.ofDays(1)).minusMillis(1);
        assertEquals(Mode.ENFORCE, worker().of("example.org").mode());
        now = now.plusMillis(1);
        assertEquals(Mode.NONE, worker().of("example.org").mode());
        assertEquals(Mode.NONE, started.of("example.org").mode());
    }

    @Test
    void whatAnotherFetchedIsFetchedAgainOnlyWhenItIsOldOrAnother() throws Exception {
        policies.of("example.org");
        assertEquals(Mode.ENFORCE, worker().of("example.org").mode());
        assertEquals(1, host.asked());
        now = now.plus(Duration.ofHours(13));
        assertEquals(Mode.ENFORCE, worker().of("example.org").mode());
        await(() -> kept.kept.get("example.org").fetched().equals(now));
        assertEquals(2, host.asked());
        host.text = text("none", 600);
        record = new MailExchangers.Answer.Records<>(List.of("v=STSv1; id=2;"), false);
        assertEquals(Mode.NONE, worker().of("example.org").mode());
        assertEquals(new KeptPolicy("2", host.text, now, now.plusSeconds(600)), kept.kept.get("example.org"));
    }

    @Test
    void aDomainWithoutPolicyIsLookedForInFiveMinutesOnce() throws Exception {
        record = new MailExchangers.Answer.NoName<>();
        policies.of("example.org");
        policies.of("example.org");
        assertEquals(1, kept.asked.get());
        now = now.plus(Duration.ofMinutes(5));
        kept.kept.put("example.org", new KeptPolicy("1", text("enforce", 600), now, now.plusSeconds(600)));
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
        assertEquals(2, kept.asked.get());
    }

    /** Then it is as if nothing was kept. Mail does not wait for it each time: it is asked again after five seconds. */
    @Test
    void whileNothingCanBeAskedForDnsAndThePolicyHostDecideAlone() throws Exception {
        kept.kept.put("example.org", new KeptPolicy("1", text("enforce", 600), now, now.plusSeconds(600)));
        kept.down = true;
        MailExchangers.Answer<String> published = record;
        record = new MailExchangers.Answer.NoName<>();
        assertEquals(Mode.NONE, policies.of("example.org").mode());
        assertEquals(Mode.NONE, policies.of("example.org").mode());
        assertEquals(1, kept.asked.get());
        kept.down = false;
        now = now.plusSeconds(5);
        assertEquals(Mode.ENFORCE, policies.of("example.org").mode());
        kept.down = true;
        record = published;
        assertEquals(Mode.ENFORCE, worker().of("example.org").mode());
        assertEquals(1, host.asked());
    }

    @Test
    void whatIsKeptAndNotReadableIsNone() throws Exception {
        record = new MailExchangers.Answer.NoName<>();
        kept.kept.put("example.org", new KeptPolicy("1", "version: STSv9\n", now, now.plusSeconds(600)));
        assertEquals(StsPolicy.NONE, policies.of("example.org"));
    }

    private Mode mode() {
        try {
            return policies.of("example.org").mode();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 10 s");
            Thread.sleep(5);
        }
    }

    private static String text(String mode, int age) {
        return "version: STSv1\nmode: " + mode + "\nmx: mx.example.org\nmax_age: " + age + "\n";
    }

    private final class Texts implements MailExchangers {
        @Override
        public Answer<Exchanger> exchangers(String domain) {
            throw new AssertionError("nobody asks for " + domain);
        }

        @Override
        public Answer<Address> addresses(String name) {
            throw new AssertionError("nobody asks for " + name);
        }

        @Override
        public Answer<String> alias(String name) {
            throw new AssertionError("nobody asks for " + name);
        }

        @Override
        public Answer<Tlsa> certificates(String name, int port) {
            throw new AssertionError("nobody asks for " + name);
        }

        @Override
        public Answer<String> texts(String name) {
            assertEquals("_mta-sts.example.org", name);
            return record;
        }
    }
}
