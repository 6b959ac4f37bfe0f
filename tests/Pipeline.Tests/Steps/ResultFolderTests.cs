using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Tests.Steps;

public sealed class ResultFolderTests
{
    [Theory]
    [InlineData("x", "x")]
    [InlineData("output.jpg", "output.jpg")]
    [InlineData("x/holiday.jpg", "x/holiday.jpg")]
    [InlineData("x/output.of.mine.jpg", "x/output.of.mine.jpg")]
    [InlineData("x/output.jpg", "x/output.jpg.photo")]
    [InlineData("x/Output.PNG", "x/Output.PNG.photo")]
    [InlineData("x/preview.jpg", "x/preview.jpg.photo")]
    [InlineData("x/output.jpg.photo", "x/output.jpg.photo.photo")]
    [InlineData("x/output.jpg/a.jpg", "x/output.jpg.photo/a.jpg")]
    [InlineData("../x", "invalid-7")]
    public void The_folder_of_a_job_is_never_where_another_one_has_a_file(string job, string expected) => Assert.Equal(expected, ResultFolder.Of(job, "7"));
}
