package org.postel.bench.load;

/**
 * What makes a message of the bench unique.
 *
 * @param run which run of the load
 * @param number which message of the run, from zero
 */
public record LetterId(long run, int number) {

    private static final String MARK = "bench-";

    /** As it stands in the subject. */
    public String subject() {
        return MARK + run + "-" + number + ".";
    }

    /**
     * The number of the message of a run that a line names.
     *
     * @return -1 when the line names none of that run
     */
    public static int numberIn(LineReader line, long run) {
        String wanted = MARK + run + "-";
        int at = line.find(wanted);
        return at < 0 ? -1 : (int) line.number(at + wanted.length());
    }
}
