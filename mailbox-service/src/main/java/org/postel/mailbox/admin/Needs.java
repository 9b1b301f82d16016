package org.postel.mailbox.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.postel.mailbox.authority.Scope;

/** What a caller of a resource's method must have. A method without it answers nobody. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Needs {

    /** The scope. */
    Scope value();

    /** What the caller's domains must reach. */
    Reach over();

    /** What the audit log calls a method that changes something, such as {@code account.add}; empty: it changes nothing. */
    String act() default "";

    /** Who is limited to some domains may call a method that is about: */
    enum Reach {
        /** The whole platform: not at all. */
        EVERYTHING,
        /** The {@code {address}} or {@code {domain}} in its path: when that is theirs, else it is as if it were not there. */
        PATH,
        /** What is only known later: the method itself asks {@link Acting}. */
        CONTENT
    }
}
