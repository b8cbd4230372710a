/** The part of Kotlin that the tests need. */
package kotlin.coroutines;
