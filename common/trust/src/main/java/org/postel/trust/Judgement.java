package org.postel.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.postel.mail.ReversePath;
import org.postel.trust.Result.Property;
import org.postel.trust.arc.ArcResult;
import org.postel.trust.arc.ArcVerdict;
import org.postel.trust.arc.ArcVerification;
import org.postel.trust.dkim.DkimResult;
import org.postel.trust.dkim.DkimSignature;
import org.postel.trust.dkim.DkimVerification;
import org.postel.trust.dkim.Verdict;
import org.postel.trust.dmarc.Dmarc;
import org.postel.trust.dmarc.DmarcResult;
import org.postel.trust.dmarc.Voucher;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.message.Field;
import org.postel.trust.spf.ReverseNames;
import org.postel.trust.spf.Spf;
import org.postel.trust.spf.SpfQuery;
import org.postel.trust.spf.SpfResult;

/** The checks of one mail whose body is passing by. */
public final class Judgement {

    private final String authservId;
    private final Spf spf;
    private final Optional<Dmarc> dmarc;
    private final Supplier<Dns> allowances;
    private final Sender sender;
    private final List<Field> froms;
    private final DkimVerification signatures;
    private final ArcVerification chain;

    /** @param dmarc empty when the author's domain is not asked */
    Judgement(String authservId, Spf spf, Optional<Dmarc> dmarc, Supplier<Dns> allowances, Sender sender, List<Field> header,
              DkimVerification signatures, ArcVerification chain) {
        this.authservId = authservId;
        this.spf = spf;
        this.dmarc = dmarc;
        this.allowances = allowances;
        this.sender = sender;
        this.froms = header.stream().filter(field -> field.name().equals("from")).toList();
        this.signatures = signatures;
        this.chain = chain;
    }

    /** Takes the next octets of the body. */
    public void body(byte[] from, int offset, int length) {
        signatures.body(from, offset, length);
        chain.body(from, offset, length);
    }

    /** Once there is no more of the body. To be asked once. */
    public Opinion finish() {
        List<DkimResult> signed = signatures.results();
        SpfQuery query = query();
        SpfResult sent = spf.check(query, allowances.get());
        List<Result> results = new ArrayList<>();
        results.add(iprev());
        results.add(new Result("spf", sent.toString(), "", List.of(identity(query))));
        signed.forEach(signature -> results.add(dkim(signature)));
        if (signed.isEmpty()) {
            results.add(new Result("dkim", "none", "", List.of()));
        }
        Optional<DmarcResult> author = dmarc.map(policies -> author(policies, query, sent, signed));
        author.ifPresent(result -> results.add(dmarc(result)));
        arc(chain.result()).ifPresent(results::add);
        return new Opinion(AuthenticationResults.field(authservId, results), author, sent == SpfResult.PASS, !domains(signed, Verdict.PASS).isEmpty());
    }

    private DmarcResult author(Dmarc policies, SpfQuery query, SpfResult sent, List<DkimResult> signed) {
        Optional<String> sender = Optional.of(query.domain());
        return policies.check(froms,
            new Voucher(sender.filter(domain -> sent == SpfResult.PASS), domains(signed, Verdict.PASS)),
            new Voucher(sender.filter(domain -> sent == SpfResult.TEMPERROR), domains(signed, Verdict.TEMPERROR)), allowances.get());
    }

    // RFC 7208 §2.4: of a null sender the name the client gave itself.
    private SpfQuery query() {
        return switch (sender.from()) {
            case ReversePath.Null ignored -> SpfQuery.ofHelo(sender.client(), sender.helo().toLowerCase(Locale.ROOT));
            case ReversePath.Sender(var mailbox) -> SpfQuery.ofSender(sender.client(), sender.helo(), mailbox.localPart().text(),
                mailbox.host().canonical());
        };
    }

    private Property identity(SpfQuery query) {
        return switch (sender.from()) {
            case ReversePath.Null ignored -> new Property("smtp.helo", query.domain());
            case ReversePath.Sender ignored -> new Property("smtp.mailfrom", query.domain());
        };
    }

    private static List<String> domains(List<DkimResult> signed, Verdict verdict) {
        return signed.stream().filter(result -> result.verdict() == verdict).flatMap(result -> result.signature().stream())
            .map(DkimSignature::domain).toList();
    }

    // RFC 8601 §2.7.3
    private Result iprev() {
        List<Property> address = List.of(new Property("policy.iprev", address()));
        try {
            ReverseNames names = ReverseNames.of(sender.client(), allowances.get());
            String result = !names.validated().isEmpty() ? "pass" : names.asked() == 0 ? "permerror" : "fail";
            return new Result("iprev", result, "", address);
        } catch (DnsTroubleException e) {
            return new Result("iprev", "temperror", "", address);
        }
    }

    // RFC 8617 §10.1; a mail that nobody forwarded has nothing to say here. The address is for those further on, who get this in a seal.
    private Optional<Result> arc(ArcResult arc) {
        return Optional.of(arc).filter(result -> result.verdict() != ArcVerdict.NONE).map(result -> new Result("arc", result.verdict().toString(),
            result.reason(), List.of(new Property("smtp.remote-ip", address()))));
    }

    private String address() {
        String address = sender.client().getHostAddress();
        int scope = address.indexOf('%');
        return scope < 0 ? address : address.substring(0, scope);
    }

    private static Result dkim(DkimResult result) {
        List<Property> properties = result.signature().map(signature -> List.of(new Property("header.d", signature.domain()),
            new Property("header.s", signature.selector()), new Property("header.b", signature.shortValue()))).orElse(List.of());
        return new Result("dkim", result.verdict().toString(), result.reason(), properties);
    }

    private static Result dmarc(DmarcResult dmarc) {
        List<Property> properties = new ArrayList<>();
        dmarc.author().ifPresent(domain -> properties.add(new Property("header.from", domain)));
        properties.add(new Property("policy.dmarc", dmarc.policy().toString()));
        return new Result("dmarc", dmarc.verdict().toString(), dmarc.author().isPresent() ? "" : "no single author", properties);
    }
}
