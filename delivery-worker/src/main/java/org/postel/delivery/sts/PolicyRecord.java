package org.postel.delivery.sts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in DNS that there is a policy, and which: RFC 8461 §3.1.
 *
 * @param id another one stands for another policy
 */
record PolicyRecord(String id) {

    // sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]
    private static final Pattern VERSION = Pattern.compile("v=STSv1[ \\t]*;.*", Pattern.DOTALL);
    // sts-id = "id" "=" 1*32(ALPHA / DIGIT)
    private static final Pattern ID = Pattern.compile(";[ \\t]*id=([A-Za-z0-9]{1,32})[ \\t]*(?:;|$)");

    /** Empty when there is none, or several: then the domain has no policy. */
    static Optional<PolicyRecord> of(List<String> texts) {
        List<String> records = texts.stream().filter(text -> VERSION.matcher(text).matches()).toList();
        if (records.size() != 1) {
            return Optional.empty();
        }
        Matcher id = ID.matcher(records.getFirst());
        return id.find() ? Optional.of(new PolicyRecord(id.group(1))) : Optional.empty();
    }
}
