using PhotoStyle.Pipeline.Artifacts;

namespace PhotoStyle.Pipeline.Tests.Artifacts;

public sealed class WrittenArtifactsTests
{
    private static readonly ArtifactReference s_photo = Named("input"), s_other = Named("other"), s_output = Named("segment");

    [Fact]
    public void Of_what_is_new_nothing_was_made()
    {
        var written = new WrittenArtifacts();
        Assert.True(written.MayExist(s_output, [s_photo]));

        written.Note(s_photo, isNew: true);

        Assert.False(written.MayExist(s_output, [s_photo]));
        Assert.False(written.MayExist(s_output, [s_other, s_photo]));
        Assert.True(written.MayExist(s_output, [s_other]));
    }

    [Fact]
    public void What_was_there_before_may_have_been_used_by_others()
    {
        var written = new WrittenArtifacts();
        written.Note(s_photo, isNew: false);
        written.Note(s_photo, isNew: true);

        Assert.True(written.MayExist(s_output, [s_photo]));
    }

    [Fact]
    public void What_was_written_is_found_again()
    {
        var written = new WrittenArtifacts();
        written.Note(s_photo, isNew: true);
        written.Note(s_output, isNew: true);

        Assert.True(written.MayExist(s_output, [s_photo]));
    }

    [Fact]
    public void After_forgetting_all_may_exist()
    {
        var written = new WrittenArtifacts();
        written.Note(s_photo, isNew: true);
        written.Note(s_output, isNew: true);
        for (int i = 0; i < 10_000; i++) written.Note(Named(FormattableString.Invariant($"x{i}")), isNew: true);

        Assert.True(written.MayExist(s_output, [s_photo]));
    }

    private static ArtifactReference Named(string step) => new(step, new string('0', 64));
}
