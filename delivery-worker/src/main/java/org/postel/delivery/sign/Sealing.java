package org.postel.delivery.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.delivery.outcome.Contents;
import org.postel.delivery.route.OutgoingFields;
import org.postel.queue.v1.QueuedMessage;
import org.postel.trust.arc.ArcSealing;
import org.postel.trust.arc.ArcVerdict;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.message.Field;

/**
 * Adds a link to the chain of a stranger's mail that leaves again, such as behind an alias: what was found of it here, sealed by the
 * domain it came to (RFC 8617 §5.1). What was not judged when it came is not sealed.
 */
public final class Sealing implements OutgoingFields {

    // Recipients whose domains are asked for a key; the first one is ours as a rule.
    private static final int MOST_DOMAINS = 10;
    // As AuthenticationResults writes it: no text of a stranger in there has a line end.
    private static final Pattern CHAIN = Pattern.compile(";\r\n\tarc=(pass|fail)(?=[;\r ])");

    private final Contents contents;
    private final SigningKeys keys;
    private final Clock clock;

    public Sealing(Contents contents, SigningKeys keys, Clock clock) {
        this.contents = contents;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public String of(QueuedMessage message) throws IOException {
        Optional<String> results = Signing.isOurs(message) ? Optional.empty() : results(message);
        Optional<DkimKey> key = results.isEmpty() ? Optional.empty() : key(message);
        if (key.isEmpty()) {
            return "";
        }
        try (InputStream content = contents.of(message).open()) {
            SplitContent split = new SplitContent(content);
            Optional<ArcSealing> sealing = split.header().flatMap(header ->
                    ArcSealing.open(header, verdict(results.get()), results.get(), key.get(), keys, clock.instant()));
            if (sealing.isEmpty()) {
                return "";
            }
            split.body(sealing.get()::body);
            return sealing.get().fields();
        }
    }

    private static Optional<String> results(QueuedMessage message) {
        return Field.list(message.getTrustFields().getBytes(StandardCharsets.ISO_8859_1)).stream()
                .filter(field -> field.name().equals("authentication-results")).map(Field::raw).findFirst();
    }

    private static ArcVerdict verdict(String results) {
        Matcher chain = CHAIN.matcher(results);
        return chain.find() ? ArcVerdict.valueOf(chain.group(1).toUpperCase(Locale.ROOT)) : ArcVerdict.NONE;
    }

    private Optional<DkimKey> key(QueuedMessage message) throws IOException {
        List<String> domains = message.getRecipientsList().stream().map(recipient -> domain(recipient.getAddress()))
                .filter(domain -> !domain.isEmpty()).distinct().limit(MOST_DOMAINS).toList();
        for (String domain : domains) {
            Optional<DkimKey> key = keys.of(domain).stream().filter(one -> one.algorithm() == Algorithm.RSA_SHA256).findFirst();
            if (key.isPresent()) {
                return key;
            }
        }
        return Optional.empty();
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
