package org.postel.delivery.smtp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered: RFC 5321 §4.2.
 *
 * @param code 200 to 599
 * @param lines the texts, without code and line end, control characters replaced
 */
public record Reply(int code, List<String> lines) {

    // enhanced-status-code = class "." subject "." detail; RFC 3463 §2, RFC 2034 §4.
    private static final Pattern STATUS = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?= |$)");

    /** An unchangeable copy. */
    public Reply {
        lines = List.copyOf(lines);
    }

    /** 2yz: done. */
    public boolean positive() {
        return code / 100 == 2;
    }

    /** 4yz: try again later. */
    public boolean transientFailure() {
        return code / 100 == 4;
    }

    /** 5yz: never. */
    public boolean permanentFailure() {
        return code / 100 == 5;
    }

    /** The status code the server gave, when its class fits the reply code. */
    public Optional<String> status() {
        Matcher status = STATUS.matcher(lines.getFirst());
        return status.lookingAt() && status.group(1).charAt(0) - '0' == code / 100
                ? Optional.of(status.group(1)) : Optional.empty();
    }

    /** As it came, lines parted by LF: for the sender of the mail. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            text.append(code).append(i < lines.size() - 1 ? "-" : " ").append(lines.get(i)).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
