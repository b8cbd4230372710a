/**
 * Kotlin's coroutines and results, as far as the aspects have to know them. Internal; public only
 * for the woven code's sake and as a service.
 */
@NullMarked
package dev.autoskill.telemetry.kotlin;

import org.jspecify.annotations.NullMarked;
