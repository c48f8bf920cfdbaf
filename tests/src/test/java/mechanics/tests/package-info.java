/** Tests of the whole: the script, every notebook through the real kernel, and a page in a browser. */
package mechanics.tests;
