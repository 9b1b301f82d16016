package org.postel.mailbox.dkim;

import java.time.Instant;
import java.util.List;

/** Where keys are kept. Writes are conditional: a method that answers with a boolean says whether this call did it. */
public interface KeyStore {

    /** All keys of a domain. */
    List<DomainKey> of(String domain);

    /** False when the selector is taken. */
    boolean add(DomainKey key);

    /** False when the key is gone, or has begun before. */
    boolean begin(DomainKey key, Instant signsFrom);

    /** Forgets a key for good. */
    void remove(DomainKey key);
}
