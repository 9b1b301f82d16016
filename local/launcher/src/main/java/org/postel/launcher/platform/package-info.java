/**
 * The processes of the local run: what they are, where they listen, what they are told, how they are started, watched and
 * stopped. Used by the launcher's commands and by the end-to-end tests, which run the same processes on free ports.
 *
 * <p>May import {@code org.postel.engines}, {@code org.postel.launcher.identity} and Jackson. Invariants: everything listens on
 * loopback; services are stopped before the engines they use; a supervised child that dies is started again.
 */
package org.postel.launcher.platform;
