package org.postel.endtoend;

import java.util.ArrayList;
import java.util.List;

/**
 * What two servers answered to one command, in canonical form.
 *
 * @param command as the script names it, with its section
 * @param ours Postel's responses
 * @param theirs Dovecot's
 */
record ComparedAnswers(String command, List<String> ours, List<String> theirs) {

    /** The lines that one has and the other has not: Dovecot's after "-", Postel's after "+"; a last line where only the order differs. */
    List<String> differences() {
        List<String> lines = new ArrayList<>();
        without(theirs, ours).forEach(line -> lines.add("- " + line));
        without(ours, theirs).forEach(line -> lines.add("+ " + line));
        if (lines.isEmpty() && !ours.equals(theirs)) {
            lines.add("~ in another order");
        }
        return lines;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left;
    }
}
