package org.postel.mailbox.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mailbox.storage.StoreException;

/** RFC 8461 §3.2 and §3.3. */
@Timeout(30)
class OwnPolicyTest {

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean down;
    private PageServer pages;

    @BeforeEach
    void start() throws Exception {
        OurDomains ours = new OurDomains(domain -> {
            asked.add(domain);
            if (down) {
                throw new StoreException(StoreException.Problem.UNAVAILABLE, "down");
            }
            return domain.equals("example.test");
        });
        pages = new PageServer(new OwnPolicy(new PolicySettings(PolicyMode.ENFORCE, List.of("mx.example.test", "*.mx.example.test"), Duration.ofDays(7)),
                ours)::on);
    }

    @AfterEach
    void stop() throws Exception {
        pages.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mta-sts.example.test", "MTA-STS.Example.test:443"})
    void aDomainOfOursHasThePolicy(String host) throws Exception {
        String answer = pages.get("/.well-known/mta-sts.txt", host);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.toLowerCase().contains("content-type: text/plain"), answer);
        assertTrue(answer.endsWith("\r\n\r\nversion: STSv1\r\nmode: enforce\r\nmx: mx.example.test\r\nmx: *.mx.example.test\r\nmax_age: 604800\r\n"),
                answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mta-sts.example.org", "example.test", "mta-sts.", "", "x.mta-sts.example.test", "mta-sts.a/../b"})
    void otherHostsHaveNone(String host) throws Exception {
        String answer = pages.get("/.well-known/mta-sts.txt", host);
        assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
        assertTrue(!answer.contains("STSv1"), answer);
    }

    @Test
    void theDirectoryIsNotAskedForEachRequest() throws Exception {
        pages.get("/.well-known/mta-sts.txt", "mta-sts.example.test");
        pages.get("/.well-known/mta-sts.txt", "mta-sts.example.test");
        assertEquals(List.of("example.test"), asked);
    }

    @Test
    void aSilentDirectoryIsNoAnswer() throws Exception {
        down = true;
        assertTrue(pages.get("/.well-known/mta-sts.txt", "mta-sts.example.test").startsWith("HTTP/1.1 503 "));
    }

    /** RFC 8461 §3.1. */
    @Test
    void theIdIsThatOfTheTextThatIsServed() {
        PolicySettings policy = new PolicySettings(PolicyMode.TESTING, List.of("mx1.example.test", "mx2.example.test"), Duration.ofDays(7));
        assertTrue(policy.id().matches("[A-Za-z0-9]{1,32}"), policy.id());
        assertEquals("e2f033c84c02726115c09da961058b5e", policy.id(), "the same in each process, and in each release");
        assertEquals(policy.id(), new PolicySettings(PolicyMode.TESTING, new ArrayList<>(policy.mx()), Duration.ofHours(168)).id());
        Set<String> ids = Stream.of(policy, new PolicySettings(PolicyMode.ENFORCE, policy.mx(), policy.maxAge()),
                new PolicySettings(PolicyMode.NONE, policy.mx(), policy.maxAge()), new PolicySettings(policy.mode(), policy.mx().reversed(), policy.maxAge()),
                new PolicySettings(policy.mode(), List.of("mx1.example.test"), policy.maxAge()),
                new PolicySettings(policy.mode(), policy.mx(), policy.maxAge().plusSeconds(1))).map(PolicySettings::id).collect(Collectors.toSet());
        assertEquals(6, ids.size(), ids::toString);
    }

    @Test
    void exchangersThatThePolicyDoesNotNameAreFound() {
        PolicySettings policy = new PolicySettings(PolicyMode.ENFORCE, List.of("mx.example.test", "*.example.net"), Duration.ofDays(7));
        assertEquals(List.of("mx2.example.test", "a.mx.example.net", "example.net"),
                policy.unnamed(List.of("MX.example.test", "mx2.example.test", "mx.example.net", "a.mx.example.net", "example.net")));
    }
}
