/**
 * Internal: what the compiler is told about {@code @TrackedSkill}. The processor warns of
 * annotations that no weaver can honour, and lists the classes that hold skills. Nothing else uses
 * this package, so the annotations work where the module {@code java.compiler} is absent.
 */
package dev.autoskill.telemetry.processor;
