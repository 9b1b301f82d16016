package org.postel.mail.mime;

/**
 * The base subject of RFC 5256 §2.1, by which mail is sorted and gathered into threads: without the marks of replies and forwards.
 * Linear in the length of the subject, whatever it is made of.
 *
 * @param text    the base subject, decoded, each run of white space one space
 * @param isReply whether a mark of a reply or a forward was taken away
 */
public record BaseSubject(String text, boolean isReply) {

    private static final String FORWARD = "[fwd:";
    private static final String TRAILER = "(fwd)";

    /** @param subject the value of the field, encoded-words as they are */
    public static BaseSubject of(Octets subject) {
        return new Extraction(EncodedWords.decode(subject)).run();
    }

    /** The text that is left lies between two places that only come closer. */
    private static final class Extraction {

        private final String text;
        private int from;
        private int to;
        private boolean reply;

        Extraction(String decoded) {
            text = spaced(decoded);
            to = text.length();
        }

        /** Step (1): tabs and folding are spaces, several of them one. */
        private static String spaced(String decoded) {
            StringBuilder spaced = new StringBuilder(decoded.length());
            for (int i = 0; i < decoded.length(); i++) {
                char letter = decoded.charAt(i);
                boolean blank = letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
                if (!blank) {
                    spaced.append(letter);
                } else if (spaced.isEmpty() || spaced.charAt(spaced.length() - 1) != ' ') {
                    spaced.append(' ');
                }
            }
            return spaced.toString();
        }

        BaseSubject run() {
            do {
                trimTrailers();
                trimLeaders();
            } while (unwrapForward());
            return new BaseSubject(text.substring(from, to), reply);
        }

        /** Step (2): {@code subj-trailer = "(fwd)" / WSP}. */
        private void trimTrailers() {
            while (from < to) {
                if (text.charAt(to - 1) == ' ') {
                    to--;
                } else if (at(to - TRAILER.length(), TRAILER)) {
                    to -= TRAILER.length();
                    reply = true;
                } else {
                    return;
                }
            }
        }

        /** Steps (3) to (5): {@code subj-leader = (*subj-blob subj-refwd) / WSP}, and a {@code subj-blob} that is not all there is. */
        private void trimLeaders() {
            while (from < to) {
                int blobs = blanks(from);
                int last = blobs;
                for (int next = blob(blobs); next > blobs; next = blob(blobs)) {
                    last = blobs;
                    blobs = next;
                }
                int mark = mark(blobs);
                if (mark > blobs) {
                    from = mark;
                    reply = true;
                } else {
                    // All blobs go but the last, where nothing would be left without it.
                    from = blobs < to ? blobs : last;
                    return;
                }
            }
        }

        private int blanks(int start) {
            int end = start;
            while (end < to && text.charAt(end) == ' ') {
                end++;
            }
            return end;
        }

        /** Behind a {@code subj-blob = "[" *BLOBCHAR "]" *WSP}, or {@code start} when there is none. */
        private int blob(int start) {
            if (start >= to || text.charAt(start) != '[') {
                return start;
            }
            int end = start + 1;
            while (end < to && text.charAt(end) != '[' && text.charAt(end) != ']') {
                end++;
            }
            return end < to && text.charAt(end) == ']' ? blanks(end + 1) : start;
        }

        /** Behind a {@code subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":"}, or {@code start}. */
        private int mark(int start) {
            int end = at(start, "re") ? start + 2 : at(start, "fwd") ? start + 3 : at(start, "fw") ? start + 2 : start;
            if (end == start) {
                return start;
            }
            end = blob(blanks(end));
            return end < to && text.charAt(end) == ':' ? end + 1 : start;
        }

        /** Step (6): {@code subj-fwd = "[fwd:" subject "]"}. */
        private boolean unwrapForward() {
            if (to - from > FORWARD.length() && at(from, FORWARD) && text.charAt(to - 1) == ']') {
                from += FORWARD.length();
                to--;
                reply = true;
                return true;
            }
            return false;
        }

        private boolean at(int start, String ascii) {
            return start >= from && start + ascii.length() <= to && text.regionMatches(true, start, ascii, 0, ascii.length());
        }
    }
}
