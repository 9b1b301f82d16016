package org.postel.delivery.route;

/** The directory's answer was old: an account that it remembered is not there. */
final class AccountGoneException extends Exception {

    private static final long serialVersionUID = 1L;
}
