package org.postel.cassandra;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * How much later than asked for a sleeping thread may wake, so that the kernel wakes several together: prctl(2), PR_SET_TIMERSLACK. Linux
 * gives 50 microseconds; elsewhere nothing is set.
 */
final class TimerSlack {

    private static final int PR_SET_TIMERSLACK = 29;

    private TimerSlack() {
    }

    /** For this thread and all that it and they will start. */
    static void set(Duration slack) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle prctl = linker.downcallHandle(linker.defaultLookup().findOrThrow("prctl"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
        try {
            int failed = (int) prctl.invokeExact(PR_SET_TIMERSLACK, slack.toNanos());
            if (failed != 0) {
                throw new IllegalStateException("prctl refuses a timer slack of " + slack);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a native call throws nothing else", e);
        }
    }
}
