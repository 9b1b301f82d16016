package org.postel.trust;

import java.util.List;

/**
 * What one check says, as a part of Authentication-Results.
 *
 * @param method     which check
 * @param result     what it says
 * @param reason     why, in few words; empty for none
 * @param properties what it speaks of
 */
record Result(String method, String result, String reason, List<Property> properties) {

    /** Such as {@code header.d=example.test}. */
    record Property(String name, String value) {
    }
}
