namespace PhotoStyle.Engine.Tests;

public sealed class PhotoStyleExceptionTests
{
    [Theory]
    [InlineData(ErrorCode.OptionInvalid, "option-invalid")]
    [InlineData(ErrorCode.ImageTooLarge, "image-too-large")]
    public void A_code_is_shown_in_kebab_case(ErrorCode code, string name) =>
        Assert.Equal(name, new PhotoStyleException(code, "A sentence.").CodeName);
}
