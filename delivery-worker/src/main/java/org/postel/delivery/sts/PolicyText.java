package org.postel.delivery.sts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postel.delivery.relay.StsPolicy;

/** Reads a policy: RFC 8461 §3.2. */
final class PolicyText {

    // sts-policy-field = sts-policy-name *WSP ":" *WSP value; names have 1 to 32 octets.
    private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]{0,31})[ \\t]*:[ \\t]*(.*?)[ \\t]*");
    // sts-policy-mx-value = ["*."] Domain
    private static final Pattern NAME = Pattern.compile("(?:\\*\\.)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");
    /** RFC 8461 §3.2: a year. */
    private static final long LONGEST = 31_557_600;

    private PolicyText() {
    }

    /** Empty when it is not one. */
    static Optional<StsPolicy> read(String text) {
        Map<String, String> fields = new HashMap<>();
        List<String> patterns = new ArrayList<>();
        for (String line : text.split("\r?\n")) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                if (line.isBlank()) {
                    continue;
                }
                return Optional.empty();
            }
            if (field.group(1).equals("mx")) {
                patterns.add(field.group(2));
            } else {
                // The first one counts.
                fields.putIfAbsent(field.group(1), field.group(2));
            }
        }
        Optional<StsPolicy.Mode> mode = mode(fields.getOrDefault("mode", ""));
        String age = fields.getOrDefault("max_age", "");
        boolean good = fields.getOrDefault("version", "").equals("STSv1") && mode.isPresent() && age.matches("\\d{1,10}")
                && patterns.stream().allMatch(pattern -> NAME.matcher(pattern).matches())
                && (!patterns.isEmpty() || mode.get() == StsPolicy.Mode.NONE);
        return good ? Optional.of(new StsPolicy(mode.get(), patterns, Duration.ofSeconds(Math.min(Long.parseLong(age), LONGEST))))
                : Optional.empty();
    }

    private static Optional<StsPolicy.Mode> mode(String word) {
        return switch (word) {
            case "enforce", "testing", "none" -> Optional.of(StsPolicy.Mode.valueOf(word.toUpperCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }
}
