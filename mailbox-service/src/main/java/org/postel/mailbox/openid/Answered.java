package org.postel.mailbox.openid;

/** What an issuer says about somebody who comes back from it. */
public sealed interface Answered {

    /** Who that is. */
    record Named(String account) implements Answered {}

    /** Signed in there, but with no address that the issuer has seen to be that person's. */
    record Unverified() implements Answered {}

    /** The issuer signed nobody in: most often that person did not want it. */
    record Refused() implements Answered {}

    /** It belongs to no sign-in of this browser, or to one that is over. */
    record Stale() implements Answered {}

    /** It is not of the issuer, or not for us. */
    record NotGood() implements Answered {}
}
