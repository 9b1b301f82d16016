package org.postel.bench.stack;

/**
 * What /proc/PID/stat says of a process (proc_pid_stat(5)).
 *
 * @param pid its id
 * @param parent its parent's id
 * @param ticks of CPU it used, with those of its children that have ended and were waited for
 * @param threads how many it has
 */
record ProcessStat(long pid, long parent, long ticks, int threads) {

    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int CHILDREN_SYSTEM_TIME = 14;
    private static final int THREADS = 17;

    /** From the file's text. The program's name stands in parentheses and may have spaces and parentheses itself. */
    static ProcessStat of(String text) {
        long pid = Long.parseLong(text.substring(0, text.indexOf(' ')));
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = USER_TIME; i <= CHILDREN_SYSTEM_TIME; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return new ProcessStat(pid, Long.parseLong(fields[PARENT]), ticks, Integer.parseInt(fields[THREADS]));
    }
}
