package org.postel.trust.arc;

import org.postel.trust.message.Field;
import org.postel.trust.message.TagList;

/**
 * One link of a chain: RFC 8617 §4.2.
 *
 * @param instance         i=
 * @param results          ARC-Authentication-Results
 * @param messageSignature ARC-Message-Signature
 * @param seal             ARC-Seal
 * @param sealTags         its tags
 */
record ArcSet(int instance, Field results, Field messageSignature, Field seal, TagList sealTags) {

    // cv=, RFC 8617 §4.1.3
    String chainValidation() {
        return sealTags.compact("cv").orElse("");
    }
}
