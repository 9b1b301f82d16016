/**
 * The whole platform, as `./postel up` runs it, seen by mail clients. One platform serves all test classes of a run; each test
 * makes accounts of its own. The clients here are written for tests: they speak the protocol octet by octet and show every
 * reply, which library clients hide.
 */
package org.postel.endtoend;
