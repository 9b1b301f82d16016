package org.postel.mailbox.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.ApiTokenTexts;
import org.postel.mailbox.identity.InvalidTokenException;

/** Makes, revokes and looks at tokens of the admin API. */
public final class ApiTokens {

    /** Days that one lives at most. */
    public static final int MOST_DAYS = 366;
    /** Of the platform. */
    private static final int MOST = 1_000;
    /** They stand in the text, which goes with each request. */
    private static final int MOST_DOMAINS = 20;
    private static final int LONGEST_NAME = 100;
    private static final int ID_OCTETS = 8;

    private final ApiTokenStore store;
    private final ApiTokenTexts texts;
    private final Administrators administrators;
    private final Clock clock;
    private final Cache<String, Optional<Authority>> seen;

    /** @param age how long a token may outlive its revocation; zero: it is looked up for each call */
    public ApiTokens(ApiTokenStore store, ApiTokenTexts texts, Administrators administrators, Duration age, Clock clock) {
        this.store = store;
        this.texts = texts;
        this.administrators = administrators;
        this.clock = clock;
        this.seen = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(age).build();
    }

    /**
     * What a token is to be good for.
     *
     * @param domains canonical; empty: all
     * @param account whose role it is good within
     * @param days    that it lives
     */
    public record Wish(String name, Set<Scope> scopes, Optional<Set<String>> domains, Optional<UUID> account, int days) {}

    /**
     * A new token.
     *
     * @param text what opens the API, and is not to be seen again
     */
    public record Made(ApiToken token, String text) {
        @Override
        public String toString() {
            return "Made[" + token.id() + "]";
        }
    }

    /** Makes one; that of an account is worth no more than the account, now and later. */
    public Made make(Authority maker, Wish wish) throws DirectoryException {
        check(wish);
        if (store.all().size() >= MOST) {
            throw new DirectoryException(Fault.IN_USE, "there are " + MOST + " tokens; revoke one first");
        }
        byte[] id = new byte[ID_OCTETS];
        new SecureRandom().nextBytes(id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ApiToken token = new ApiToken(HexFormat.of().formatHex(id), wish.name(), wish.scopes(), wish.domains(), wish.account().or(maker::account),
                maker.name(), now, now.plus(Duration.ofDays(wish.days())));
        store.add(token);
        return new Made(token, texts.issue(token.id(), token.scopes().stream().map(Scope::word).sorted().toList(),
                token.domains().stream().flatMap(Set::stream).sorted().toList(), token.created(), token.ends()));
    }

    /** All that are good, by id. */
    public List<ApiToken> list() {
        return store.all();
    }

    /** Revokes one: here at once, on other pods once what they know of it is older than a session may outlive a change. */
    public void revoke(String id) throws DirectoryException {
        boolean removed = store.remove(id);
        seen.invalidate(id);
        if (!removed) {
            throw new DirectoryException(Fault.MISSING, "no such token");
        }
    }

    /** Whether a bearer token is one of these; what it is worth is another question. */
    public boolean isOne(String text) {
        return ApiTokenTexts.looksLikeOne(text);
    }

    /** What a token is worth now. */
    public Authority authority(String text) throws InvalidTokenException {
        String id = texts.open(text);
        Optional<Authority> known = seen.getIfPresent(id);
        if (known == null) {
            known = lookUp(id);
            seen.put(id, known);
        }
        return known.orElseThrow(() -> new InvalidTokenException("the token was revoked, or whoever it was made for administers nothing"));
    }

    private Optional<Authority> lookUp(String id) {
        return store.find(id).filter(token -> clock.instant().isBefore(token.ends())).flatMap(token -> {
            String name = "token " + id + " (" + token.name() + ")";
            return token.account().isEmpty()
                    ? Optional.of(Authority.operator(name).within(name, token.scopes(), token.domains()))
                    : administrators.authority(token.account().get())
                            .map(owner -> owner.within(owner.name() + " by " + name, token.scopes(), token.domains()));
        });
    }

    private static void check(Wish wish) throws DirectoryException {
        if (wish.name().isBlank() || wish.name().length() > LONGEST_NAME || wish.name().chars().anyMatch(Character::isISOControl)) {
            throw new DirectoryException(Fault.INVALID, "a name has 1 to " + LONGEST_NAME + " characters, none of them a control character");
        }
        if (wish.scopes().isEmpty() || !wish.scopes().stream().allMatch(Scope::grantable)) {
            throw new DirectoryException(Fault.INVALID, "a token has one scope at least, and never \"" + Scope.ADMINISTRATORS.word() + "\"");
        }
        if (wish.domains().isPresent() && (wish.domains().get().isEmpty() || wish.domains().get().size() > MOST_DOMAINS)) {
            throw new DirectoryException(Fault.INVALID, "a token is limited to 1 to " + MOST_DOMAINS + " domains, or not at all");
        }
        if (wish.days() < 1 || wish.days() > MOST_DAYS) {
            throw new DirectoryException(Fault.INVALID, "a token lives for 1 to " + MOST_DAYS + " days");
        }
    }
}
