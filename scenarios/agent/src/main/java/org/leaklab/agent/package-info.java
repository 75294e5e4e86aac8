/** What leaklab loads into a running JVM that knows nothing of it. Empty so far. */
package org.leaklab.agent;
