package org.postel.mailbox.authority;

import java.util.List;
import java.util.Optional;

/** Where tokens are kept until they end. */
public interface ApiTokenStore {

    /** The token of this id, unless it has ended or was revoked. */
    Optional<ApiToken> find(String id);

    /** All there are, by id. */
    List<ApiToken> all();

    /** Keeps a new one. */
    void add(ApiToken token);

    /** Revokes one. False when there is none. */
    boolean remove(String id);
}
