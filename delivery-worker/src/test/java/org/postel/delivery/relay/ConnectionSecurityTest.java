package org.postel.delivery.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postel.delivery.relay.ConnectionSecurity.Decision;
import org.postel.delivery.relay.ConnectionSecurity.Server;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.smtp.Authorities;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.delivery.smtp.TlsPolicy.Verified.Wanted;
import org.postel.delivery.smtp.Tlsa;

/** RFC 8461 §4.1 and §5, RFC 7672 §2.2; SAFETY row 6. */
class ConnectionSecurityTest {

    private static final Authorities AUTHORITIES = Authorities.ofJava();
    private static final Tlsa KEY = new Tlsa(3, 1, 1, "ab".repeat(32));
    private static final Tlsa OTHER_KEY = new Tlsa(3, 1, 1, "cd".repeat(32));
    private static final Tlsa OF_NO_USE = new Tlsa(1, 1, 1, "ab".repeat(32));
    private final NamedInDns dns = new NamedInDns();

    @ParameterizedTest
    @CsvSource({"mx.example.org, mx.example.org, true", "MX.example.org, mx.Example.org, true", "*.example.org, mx.example.org, true",
        "*.example.org, a.mx.example.org, false", "*.example.org, example.org, false", "mx.example.org, mx2.example.org, false",
        "*.example.org, mx.example.org.test, false"})
    void aPatternNamesServers(String pattern, String host, boolean named) {
        assertEquals(named, policy(StsPolicy.Mode.ENFORCE, pattern).names(host));
    }

    @ParameterizedTest
    @EnumSource(TlsDefault.class)
    void anEnforcedPolicyWantsTheServerToProveItsName(TlsDefault usual) throws Exception {
        TlsPolicy wanted = usual == TlsDefault.OFF ? TlsPolicy.OFF : new TlsPolicy.Verified(AUTHORITIES, Wanted.BY_DOMAIN);
        assertEquals(new Decision.Use(wanted), decision(usual, insecure(), policy(StsPolicy.Mode.ENFORCE, "mx.example.org")));
    }

    @ParameterizedTest
    @EnumSource(StsPolicy.Mode.class)
    void onlyAnEnforcedPolicyKeepsMailFromAServerThatItDoesNotName(StsPolicy.Mode mode) throws Exception {
        Decision decision = decision(TlsDefault.OPPORTUNISTIC, insecure(), policy(mode, "other.example.org"));
        if (mode == StsPolicy.Mode.ENFORCE) {
            assertEquals("4.7.5", assertInstanceOf(Decision.Avoid.class, decision).failure().getStatus());
        } else {
            assertEquals(new Decision.Use(TlsPolicy.OPPORTUNISTIC), decision);
        }
    }

    @Test
    void certificatesThatDnssecProvesAreWanted() throws Exception {
        certificates(true, KEY, OF_NO_USE);
        assertEquals(new Decision.Use(new TlsPolicy.Dane("mx.example.org", Set.of(KEY), Set.of("mx.example.org", "example.org"))),
                decision(TlsDefault.OPPORTUNISTIC, secure(), StsPolicy.NONE));
    }

    @Test
    void certificatesThatNobodyProvesAreNot() throws Exception {
        certificates(false, KEY);
        assertEquals(new Decision.Use(TlsPolicy.OPPORTUNISTIC), decision(TlsDefault.OPPORTUNISTIC, secure(), StsPolicy.NONE));
        certificates(true, KEY);
        assertEquals(new Decision.Use(TlsPolicy.OPPORTUNISTIC), decision(TlsDefault.OPPORTUNISTIC, insecure(), StsPolicy.NONE));
    }

    /** RFC 7672 §2.2.1. */
    @Test
    void certificatesOfNoUseWantTlsWithWhomever() throws Exception {
        certificates(true, OF_NO_USE, new Tlsa(3, 2, 1, "ab"), new Tlsa(3, 1, 3, "ab"), new Tlsa(3, 1, 1, ""));
        assertEquals(new Decision.Use(TlsPolicy.REQUIRED), decision(TlsDefault.OPPORTUNISTIC, secure(), StsPolicy.NONE));
        assertEquals(new Decision.Use(new TlsPolicy.Verified(AUTHORITIES, Wanted.BY_DOMAIN)),
                decision(TlsDefault.OPPORTUNISTIC, secure(), policy(StsPolicy.Mode.ENFORCE, "mx.example.org")));
    }

    /** RFC 7672 §2.2: what is bogus, or kept from us, is no leave to send without. */
    @Test
    void mailWaitsWhileDnsDoesNotSay() throws Exception {
        dns.certificates.put("mx.example.org", new Answer.Unknown<>("SERVFAIL"));
        assertEquals("4.7.5", assertInstanceOf(Decision.Avoid.class,
                decision(TlsDefault.OPPORTUNISTIC, secure(), StsPolicy.NONE)).failure().getStatus());
        assertEquals(new Decision.Use(TlsPolicy.OPPORTUNISTIC), decision(TlsDefault.OPPORTUNISTIC, insecure(), StsPolicy.NONE),
                "a zone without DNSSEC is not asked");
    }

    /** RFC 7672 §2.2.2: where all aliases on the way are proved, what the host is an alias of comes before the host. */
    @Test
    void certificatesOfWhatAHostIsAnAliasOfComeFirst() throws Exception {
        Server alias = new Server("example.org", true, "mx.example.org", "real.example.net", 25, true);
        certificates(true, OTHER_KEY);
        assertEquals(dane("mx.example.org", OTHER_KEY, "mx.example.org", "example.org"), decision(TlsDefault.OPPORTUNISTIC, alias, StsPolicy.NONE));
        for (boolean secure : List.of(true, false)) {
            dns.certificates.put("real.example.net", new Answer.Records<>(List.of(KEY), secure));
            assertEquals(secure ? dane("real.example.net", KEY, "real.example.net", "mx.example.org", "example.org")
                    : dane("mx.example.org", OTHER_KEY, "mx.example.org", "example.org"), decision(TlsDefault.OPPORTUNISTIC, alias, StsPolicy.NONE));
        }
        dns.certificates.put("real.example.net", new Answer.Unknown<>("SERVFAIL"));
        assertInstanceOf(Decision.Avoid.class, decision(TlsDefault.OPPORTUNISTIC, alias, StsPolicy.NONE));
    }

    /** RFC 7672 §2.2.2: then it has certificates of its own, or none. */
    @Test
    void anAliasThatIsProvedMayLeadToWhatIsNot() throws Exception {
        Server alias = new Server("example.org", true, "mx.example.org", "real.example.net", 25, false);
        certificates(true, KEY);
        dns.certificates.put("real.example.net", new Answer.Records<>(List.of(OTHER_KEY), true));
        assertEquals(new Decision.Use(TlsPolicy.OPPORTUNISTIC), decision(TlsDefault.OPPORTUNISTIC, alias, StsPolicy.NONE));
        dns.aliases.put("mx.example.org", new Answer.Records<>(List.of("real.example.net"), false));
        assertEquals(new Decision.Use(TlsPolicy.OPPORTUNISTIC), decision(TlsDefault.OPPORTUNISTIC, alias, StsPolicy.NONE));
        dns.aliases.put("mx.example.org", new Answer.Records<>(List.of("real.example.net"), true));
        assertEquals(dane("mx.example.org", KEY, "mx.example.org", "example.org"), decision(TlsDefault.OPPORTUNISTIC, alias, StsPolicy.NONE));
        dns.aliases.put("mx.example.org", new Answer.Unknown<>("no answer within 10 s"));
        assertInstanceOf(Decision.Avoid.class, decision(TlsDefault.OPPORTUNISTIC, alias, StsPolicy.NONE));
    }

    /** RFC 8461 §2: DANE comes first; but an MX record that nobody proves must be one of the policy's. */
    @Test
    void daneComesBeforeMtaSts() throws Exception {
        certificates(true, KEY);
        StsPolicy others = policy(StsPolicy.Mode.ENFORCE, "other.example.org");
        assertInstanceOf(TlsPolicy.Dane.class,
                assertInstanceOf(Decision.Use.class, decision(TlsDefault.OPPORTUNISTIC, secure(), others)).policy());
        Server attacker = new Server("example.org", false, "mx.example.org", "mx.example.org", 25, true);
        assertInstanceOf(Decision.Avoid.class, decision(TlsDefault.OPPORTUNISTIC, attacker, others));
    }

    /** RFC 8689 §4.2.1: whose server it is, and that it is it, must both be proved. */
    @Test
    void mailThatRequiresTlsWantsProofOfBoth() throws Exception {
        Decision proven = new Decision.Use(new TlsPolicy.Verified(AUTHORITIES, Wanted.BY_SENDER));
        assertEquals(proven, decision(secure(), StsPolicy.NONE, TlsNeed.REQUIRED));
        assertEquals(proven, decision(insecure(), policy(StsPolicy.Mode.TESTING, "mx.example.org"), TlsNeed.REQUIRED));
        assertEquals(new Decision.Use(new TlsPolicy.Verified(AUTHORITIES, Wanted.BY_DOMAIN)),
                decision(insecure(), policy(StsPolicy.Mode.ENFORCE, "mx.example.org"), TlsNeed.REQUIRED));
        assertEquals(proven, decision(new Server("example.org", false, "example.org", "example.org", 25, false), StsPolicy.NONE, TlsNeed.REQUIRED));
        for (StsPolicy policy : List.of(StsPolicy.NONE, policy(StsPolicy.Mode.TESTING, "other.example.org"))) {
            assertEquals("5.7.10", assertInstanceOf(Decision.Avoid.class,
                    decision(insecure(), policy, TlsNeed.REQUIRED)).failure().getStatus());
        }
        certificates(true, KEY);
        assertInstanceOf(TlsPolicy.Dane.class,
                assertInstanceOf(Decision.Use.class, decision(secure(), StsPolicy.NONE, TlsNeed.REQUIRED)).policy());
        certificates(true, OF_NO_USE);
        assertEquals(proven, decision(secure(), StsPolicy.NONE, TlsNeed.REQUIRED));
    }

    /** RFC 8689 §4.2.2. */
    @Test
    void mailThatShallArriveAnywayAsksNoDomain() throws Exception {
        certificates(true, KEY);
        assertEquals(new Decision.Use(TlsPolicy.OPPORTUNISTIC),
                decision(secure(), policy(StsPolicy.Mode.ENFORCE, "other.example.org"), TlsNeed.NOT_REQUIRED));
    }

    private Decision decision(Server server, StsPolicy policy, TlsNeed need) throws Exception {
        return new ConnectionSecurity(TlsDefault.OPPORTUNISTIC, dns, domain -> policy, AUTHORITIES).of(server, policy, need);
    }

    private void certificates(boolean secure, Tlsa... records) {
        dns.certificates.put("mx.example.org", new Answer.Records<>(List.of(records), secure));
    }

    private Decision decision(TlsDefault usual, Server server, StsPolicy policy) throws Exception {
        ConnectionSecurity security = new ConnectionSecurity(usual, dns, domain -> policy, AUTHORITIES);
        return security.of(server, security.policyOf(server.domain()), TlsNeed.USUAL);
    }

    private static Decision dane(String base, Tlsa certificate, String... names) {
        return new Decision.Use(new TlsPolicy.Dane(base, Set.of(certificate), Set.of(names)));
    }

    private static Server secure() {
        return new Server("example.org", true, "mx.example.org", "mx.example.org", 25, true);
    }

    private static Server insecure() {
        return new Server("example.org", false, "mx.example.org", "mx.example.org", 25, false);
    }

    private static StsPolicy policy(StsPolicy.Mode mode, String pattern) {
        return new StsPolicy(mode, List.of(pattern), Duration.ofDays(1));
    }
}
