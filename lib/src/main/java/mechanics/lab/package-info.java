/** What every experiment needs: its scale and its progress. */
package mechanics.lab;
