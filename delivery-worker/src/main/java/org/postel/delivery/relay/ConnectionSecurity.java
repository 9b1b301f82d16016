package org.postel.delivery.relay;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.Failures;
import org.postel.delivery.relay.MailExchangers.Answer;
import org.postel.delivery.smtp.Authorities;
import org.postel.delivery.smtp.TlsPolicy;
import org.postel.delivery.smtp.TlsPolicy.Verified.Wanted;
import org.postel.delivery.smtp.Tlsa;
import org.postel.queue.v1.Failure;

/**
 * The one place that decides how a connection to a server of a domain is secured: as DNSSEC says (DANE, RFC 7672), else as
 * the domain says (MTA-STS, RFC 8461), else as we do. DANE comes first, as RFC 8461 §2 has it; but where DNSSEC does not say
 * whose server it is, the domain's policy still does.
 */
public final class ConnectionSecurity {

    private static final Logger LOG = Logger.getLogger(ConnectionSecurity.class);

    private static final Certificates NOT_ASKED = new Certificates("", new Answer.NoRecords<>());

    private final TlsDefault usual;
    private final MailExchangers dns;
    private final DomainPolicies policies;
    private final Authorities authorities;

    /**
     * @param usual where nobody says anything
     * @param dns for certificates
     * @param authorities for servers that must prove their names
     */
    public ConnectionSecurity(TlsDefault usual, MailExchangers dns, DomainPolicies policies, Authorities authorities) {
        this.usual = usual;
        this.dns = dns;
        this.policies = policies;
        this.authorities = authorities;
    }

    /**
     * A server as DNS names it.
     *
     * @param domainSecure whether DNSSEC proves that it is the domain's
     * @param canonical what the host is an alias of in the end; the host itself, if it is none
     * @param hostSecure whether DNSSEC proves its addresses, and all aliases on the way to them
     */
    record Server(String domain, boolean domainSecure, String host, String canonical, int port, boolean hostSecure) {

        /** RFC 7672 §3.2.2. */
        private Set<String> names(String base) {
            return Stream.of(base, host, domainSecure ? domain : host).collect(Collectors.toSet());
        }

        private boolean alias() {
            return !canonical.equalsIgnoreCase(host);
        }
    }

    /** The TLSA records of a server, and whose they are. */
    private record Certificates(String base, Answer<Tlsa> records) {}

    /** What is decided. */
    sealed interface Decision {
        /** Mail may go there, like this. */
        record Use(TlsPolicy policy) implements Decision {}

        /** No mail goes there now. */
        record Avoid(Failure failure) implements Decision {}
    }

    /** Where the operator says which server it is: that is proof enough whose it is. */
    TlsPolicy fixed(TlsNeed need) {
        return need == TlsNeed.REQUIRED ? new TlsPolicy.Verified(authorities, Wanted.BY_SENDER) : usual.policy();
    }

    /** What the domain says about all its servers. */
    StsPolicy policyOf(String domain) throws InterruptedException {
        return usual == TlsDefault.OFF ? StsPolicy.NONE : policies.of(domain);
    }

    /** Of one server, for a message that needs this. */
    Decision of(Server server, StsPolicy policy, TlsNeed need) throws InterruptedException {
        return switch (need) {
            case USUAL -> asSaid(server, policy);
            case REQUIRED -> proven(server, policy, asSaid(server, policy));
            // RFC 8689 §4.2.2: the domain is not asked; what we do anyway, we do.
            case NOT_REQUIRED -> new Decision.Use(usual.policy());
        };
    }

    /** RFC 8689 §4.2.1: DNSSEC or the domain's policy says that it is a server of the domain, and its certificate that it is it. */
    private Decision proven(Server server, StsPolicy policy, Decision decision) {
        if (!(decision instanceof Decision.Use(TlsPolicy tls))) {
            return decision;
        }
        boolean ofTheDomain = server.domainSecure() || server.host().equals(server.domain())
                || policy.mode() != StsPolicy.Mode.NONE && policy.names(server.host());
        if (!ofTheDomain) {
            return new Decision.Avoid(Failures.of("5.7.10", "The mail is to go over secured connections only, and nothing proves that "
                    + server.host() + " is a mail server of the recipient's domain: it has neither DNSSEC nor MTA-STS."));
        }
        boolean verified = tls instanceof TlsPolicy.Dane || tls instanceof TlsPolicy.Verified;
        return verified ? decision : new Decision.Use(new TlsPolicy.Verified(authorities, Wanted.BY_SENDER));
    }

    private Decision asSaid(Server server, StsPolicy policy) throws InterruptedException {
        Certificates certificates = usual == TlsDefault.OFF ? NOT_ASKED : certificates(server);
        return switch (certificates.records()) {
            case Answer.Records<Tlsa>(List<Tlsa> records, boolean secure) when secure -> {
                TlsPolicy tls = dane(server, certificates.base(), records).orElseGet(() -> withoutDane(policy, TlsPolicy.REQUIRED));
                yield server.domainSecure() ? new Decision.Use(tls) : named(server, policy, tls);
            }
            // RFC 7672 §2.2: somebody may want us to believe that there are none.
            case Answer.Unknown<Tlsa>(String why) -> new Decision.Avoid(Failures.of("4.7.5",
                    "DNS does not say by which certificate " + server.host() + " is known (TLSA): " + why));
            default -> named(server, policy, withoutDane(policy, usual.policy()));
        };
    }

    /**
     * RFC 7672 §2.2.2: of what the host is an alias of before its own. In a zone without DNSSEC nobody is asked, for some servers there do
     * not answer such questions; but an alias that leads there may itself stand in a zone with it.
     */
    private Certificates certificates(Server server) throws InterruptedException {
        if (server.hostSecure()) {
            Certificates found = certificates(server, server.canonical());
            return server.alias() && !decides(found.records()) ? certificates(server, server.host()) : found;
        }
        if (!server.alias() || !server.domainSecure()) {
            return NOT_ASKED;
        }
        return switch (dns.alias(server.host())) {
            case Answer.Records<String>(List<String> _, boolean secure) when secure -> certificates(server, server.host());
            case Answer.Unknown<String>(String why) -> new Certificates(server.host(), new Answer.Unknown<>(why));
            default -> NOT_ASKED;
        };
    }

    private Certificates certificates(Server server, String base) throws InterruptedException {
        return new Certificates(base, dns.certificates(base, server.port()));
    }

    private static boolean decides(Answer<Tlsa> answer) {
        return answer instanceof Answer.Unknown<Tlsa> || answer instanceof Answer.Records<Tlsa>(List<Tlsa> _, boolean secure) && secure;
    }

    /** Empty when no record is of use: then it is TLS, with whomever (RFC 7672 §2.2.1). */
    private static Optional<TlsPolicy> dane(Server server, String base, List<Tlsa> records) {
        Set<Tlsa> usable = records.stream().filter(Tlsa::usable).collect(Collectors.toSet());
        return usable.isEmpty() ? Optional.empty() : Optional.of(new TlsPolicy.Dane(base, usable, server.names(base)));
    }

    private TlsPolicy withoutDane(StsPolicy policy, TlsPolicy otherwise) {
        return policy.mode() == StsPolicy.Mode.ENFORCE ? new TlsPolicy.Verified(authorities, Wanted.BY_DOMAIN) : otherwise;
    }

    /** RFC 8461 §4.2 and §5: without a server that the policy names the mail waits, if it is in force. */
    private static Decision named(Server server, StsPolicy policy, TlsPolicy tls) {
        if (policy.mode() == StsPolicy.Mode.NONE || policy.names(server.host())) {
            return new Decision.Use(tls);
        }
        LOG.infof("%s is not in the MTA-STS policy (%s) of %s", server.host(), policy.mode(), server.domain());
        return policy.mode() == StsPolicy.Mode.TESTING ? new Decision.Use(tls)
                : new Decision.Avoid(Failures.of("4.7.5", "DNS names " + server.host() + " as a mail server of the domain, but the"
                        + " domain's own policy (MTA-STS) does not: the mail waits."));
    }
}
