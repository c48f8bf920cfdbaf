package mechanics.data;

/** Hears how a download goes on. */
@FunctionalInterface
public interface DownloadListener {

    /**
     * Called after every piece, on the downloading thread.
     *
     * @param file what is being fetched
     * @param received bytes on disk so far, with those of an earlier, interrupted download
     * @param total bytes of the whole file
     */
    void received(OfficialFile file, long received, long total);
}
