package org.apache.cassandra.security;

/**
 * Stands ahead of the class of the same name in Cassandra 5.0, which installs a security manager at start: the JDK refuses
 * that since 24 (JEP 486) and Cassandra would not start. The manager's only work was to fence in user-defined functions,
 * which therefore stay switched off in the local run; Postel uses none.
 */
public final class ThreadAwareSecurityManager {

    private ThreadAwareSecurityManager() {
    }

    /** Called once while Cassandra starts: nothing to install. */
    public static void install() {
        // The JDK has no security manager to install.
    }

    /** Whether the calling thread runs a user-defined function: never, they are off. */
    public static boolean isSecuredThread() {
        return false;
    }
}
