package org.postel.mailbox.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.postel.mail.AddressSyntaxException;
import org.postel.mail.Domain;

/** Which domains are ours, for anybody who asks: the directory is read once in half a minute for each, so a stranger costs little. */
public final class OurDomains {

    private static final int LONGEST = 255;

    private final Predicate<String> ours;
    private final Cache<String, Boolean> known =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(30)).build();

    /** @param ours whether a domain, in A-labels and lower case, is one of ours; may block */
    public OurDomains(Predicate<String> ours) {
        this.ours = ours;
    }

    /** The domain of ours that a host name is, or is the child of: {@code mta-sts.example.test}. Canonical. */
    Optional<String> ofHost(String host, String child) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith(child) ? canonical(name.substring(child.length())) : Optional.empty();
    }

    /** The domain of ours that an address is in, whoever that may be. Canonical. */
    Optional<String> ofAddress(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? Optional.empty() : canonical(address.substring(at + 1));
    }

    private Optional<String> canonical(String domain) {
        if (domain.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(Domain.parse(domain).canonical()).filter(name -> known.get(name, ours::test));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }
}
