package org.postel.engines;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * Runs another program's main in this process and ends the process when the parent is gone. The parent holds the other end
 * of standard input: the operating system closes it when the parent dies, even by SIGKILL, so no child is left behind. This
 * needs no process ids, no shell and no support from the platform.
 */
public final class Tether {

    private static final int PARENT_GONE = 75;

    private Tether() {
    }

    /**
     * Runs until the program ends or standard input does.
     *
     * @param arguments the main class, then its arguments
     * @throws Throwable what that main throws
     */
    public static void main(String[] arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("tether").start(Tether::haltAtEndOfInput);
        MethodHandles.publicLookup()
                .findStatic(Class.forName(arguments[0]), "main", MethodType.methodType(void.class, String[].class))
                .invoke(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
            System.err.println("The parent process is gone: ending.");
        } catch (IOException broken) {
            System.err.println("The pipe from the parent process broke, ending: " + broken.getMessage());
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }
}
