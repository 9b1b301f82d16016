package org.postel.mailbox.authority;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens that live as long as the test; pass the same contract as those in Cassandra. */
public final class TokensInMemory implements ApiTokenStore {

    private final Map<String, ApiToken> tokens = new ConcurrentHashMap<>();

    @Override
    public Optional<ApiToken> find(String id) {
        return Optional.ofNullable(tokens.get(id));
    }

    @Override
    public List<ApiToken> all() {
        return tokens.values().stream().sorted(Comparator.comparing(ApiToken::id)).toList();
    }

    @Override
    public void add(ApiToken token) {
        tokens.put(token.id(), token);
    }

    @Override
    public boolean remove(String id) {
        return tokens.remove(id) != null;
    }
}
