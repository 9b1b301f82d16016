package org.postel.delivery.sign;

import java.io.IOException;
import java.util.List;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.Signatory;

/** The keys of our domains: which there are, and what they sign. */
public interface SigningKeys extends Signatory {

    /**
     * The keys that sign for a domain now, or for the nearest domain of ours above it.
     *
     * @return empty when neither is ours
     * @throws IOException when that cannot be said now
     */
    List<DkimKey> of(String domain) throws IOException;
}
